"""The search for programs: strict where pages forgive, described by the document that it reads its parameters from."""
