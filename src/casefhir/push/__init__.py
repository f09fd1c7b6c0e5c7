"""A case → a FHIR server that holds it: read what is there, change the least, read it back."""
