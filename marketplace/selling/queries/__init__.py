"""Reading what sellers and coordinators work on."""
