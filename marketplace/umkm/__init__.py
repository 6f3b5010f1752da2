"""UMKM: a seller's business (usaha): its name, its owner, its WhatsApp, its village."""
