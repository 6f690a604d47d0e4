"""The wallboard's pages and parts. They write nothing: actions of lower rooms do."""
