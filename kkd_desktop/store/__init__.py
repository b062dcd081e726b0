"""The caseload on disk: one encrypted SQLite file, and the only place of the program with SQL."""

import sys

import sqlcipher3

# sqlite-utils takes the library called pysqlite3 where there is one, and the plain, unencrypted
# sqlite3 otherwise. It decides when it is first imported, so this has to come before.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2
