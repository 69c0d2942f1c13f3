"""Reading and Conversation in, Decisions out."""
