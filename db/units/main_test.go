package units_test

import (
	"testing"

	"taawun/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }
