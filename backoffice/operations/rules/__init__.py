"""The rules as they are stored: plans and tariff books, frozen and in force, and decisions taken by them."""
