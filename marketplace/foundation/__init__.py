"""What every feature stands on and that knows no feature: database, access, transactions, forms, errors, assets."""
