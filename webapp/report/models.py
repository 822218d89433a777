"""What is published: sections, numbered paragraphs and editions."""
