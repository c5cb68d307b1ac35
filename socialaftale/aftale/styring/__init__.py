"""The *styringsaftale*: the rules for tariffs and settlement as a document whose limits come from the rule set."""
