"""How loudly, and by which ways, agents and their tools are told of what happened."""
