"""Searching: from what somebody asks for to what is found."""
