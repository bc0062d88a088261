"""What the graph is: records, ontology, identity, RDF and the store."""
