"""Pages on which agents write, translate and look after articles."""
