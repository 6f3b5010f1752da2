"""The pages that gather from every feature, in one blueprint for each thing that they are about."""
