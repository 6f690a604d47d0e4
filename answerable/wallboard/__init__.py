"""The wallboard: which promises will be missed unless a lead acts, and who could act."""
