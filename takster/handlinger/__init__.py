"""Everything that changes rounds, takstskemaer and tariffs; one function per step."""
