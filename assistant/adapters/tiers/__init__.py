"""The tier tables venues publish: one module a venue, one client for all of them."""
