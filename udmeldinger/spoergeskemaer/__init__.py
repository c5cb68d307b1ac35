"""Questionnaires: built by the secretariat, sent by organisation and capacity, answered, and followed up."""
