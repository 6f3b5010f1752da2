"""What tests stand on: people and places to write sentences with, a client that reads pages strictly, real servers."""
