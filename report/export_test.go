package report

// SetPerSheet sets how many customers a sheet takes, until restore is called.
func SetPerSheet(n int64) (restore func()) {
	old := perSheet
	perSheet = n
	return func() { perSheet = old }
}
