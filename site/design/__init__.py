"""How the site looks: components, template tags, forms, formats and the one rich-text policy."""
