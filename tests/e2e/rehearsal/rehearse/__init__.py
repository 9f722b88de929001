"""Builds every image of the pack centre for real, on stand-ins, and keeps what each would install."""
