//! The only holder of the connection pool and of SQL. Knows no HTTP, HTML or FHIR.
