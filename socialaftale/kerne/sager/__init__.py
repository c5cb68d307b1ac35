"""Cases (*sager*) with decisions (*beslutninger*): apps register their kinds, the body decides, the effect follows."""
