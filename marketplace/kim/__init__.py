"""KIM (Kelompok Informasi Masyarakat): a village's information group, its decree (SK), its registration, its page."""
