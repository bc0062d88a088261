"""Graph to answers: views, measures, renderers and pictures."""
