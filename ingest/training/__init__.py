"""Training of the learned extractor. Needs torch (the extra `train`); nothing that runs the extractor imports it."""
