"""The desk's pages, parts and actions. They write nothing: actions of lower rooms do."""
