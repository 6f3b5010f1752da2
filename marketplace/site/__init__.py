"""Pages that gather from every feature: home, the places, a KIM's and a business's page, what one should know, health."""
