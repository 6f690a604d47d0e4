"""The pages of reports, and their sheets. They read, and write nothing."""
