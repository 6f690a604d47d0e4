"""What is kept of people, for themselves to take: asked for, made by a job, it ends."""
