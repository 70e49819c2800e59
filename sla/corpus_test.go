package sla_test

import (
	"path/filepath"
	"testing"

	"github.com/amends-go/amends/sla"
)

// corpusFeatures names what real service levels need of a model (F) and where they trick it (T), each with real terms whose examples show
// it.
var corpusFeatures = []struct {
	id, what string
	files    []string
}{
	{"F1", "a calendar or billing month, an outage over its edge split", []string{"aws-s3", "ntt-ecl2", "algolia-2023"}},
	{"F2", "a cap of the credit per window", []string{"m365", "google-workspace", "algolia-premier"}},
	{"F3", "a ladder on a percentage with an operator at each edge", []string{"aws-ec2-instance", "github-ec"}},
	{"F4", "exclusions, each with its own condition", []string{"slack-2024", "hostingking"}},
	{"F5", "a rate of a base, exact fractions included", []string{"webarena-solo", "nttpc-infosphere"}},
	{"F6", "a minimum outage and a granularity of counting", []string{"nifcloud", "mongodb-federation"}},
	{"F7", "a claim in time, by days, working days, dates or windows", []string{"aws-s3", "auth0-old", "atlassian-premium"}},
	{"F8", "quarters, rolling days, outages and events as windows", []string{"slack-2024", "aws-ec2-2008", "nttpc-onewan", "workday"}},
	{"F9", "a base of a resource, feature or region", []string{"aws-ec2-instance", "github-ec"}},
	{"F10", "units of time with floor, ceiling or exact, after a grace", []string{"rackspace-managed-support", "ibm-iaas-infra", "arcustech"}},
	{"F11", "stated rounding of time, percentage and multiplier", []string{"hanbiro", "zenlogic", "speedex", "expertsystems-au"}},
	{"F12", "rates of errors over intervals", []string{"aws-s3", "scaleway-registry", "atlassian-premium"}},
	{"F13", "the credit as the sole remedy", []string{"atlassian-premium", "kan-miyasui"}},
	{"F14", "a credit in proportion to the time lost", []string{"do-cpu-droplet", "cloudflare-enterprise"}},
	{"F15", "whose clock counts", []string{"sakura-dedicated", "zenlogic", "lumen-edge"}},
	{"F16", "versions of terms", []string{"do-cpu-droplet", "do-cpu-droplet-2025", "algolia-2023", "algolia-2026"}},
	{"F17", "ladders with gaps and overlaps, as written", []string{"auth0-old", "zus", "crucial-au"}},
	{"F18", "a ladder on the length of an outage", []string{"lumen-edge", "nttpc-onewan"}},
	{"F19", "several guarantees in one contract", []string{"rollernet-power", "verizon-mgn"}},
	{"F20", "fixed money per day, event or ampere", []string{"ofcom-auto", "ofcom-missed", "rollernet-power"}},
	{"F21", "credit in time of service", []string{"google-workspace", "allspice"}},
	{"F22", "forms of settlement", []string{"bluehost", "aliyun-fc", "kanzashi"}},
	{"F23", "conditions on the customer", []string{"algolia-2023", "atlassian-premium"}},
	{"F24", "variants by topology or plan", []string{"aws-dax", "aws-dsql", "qrouton"}},
	{"F25", "parts of the fee left out of the base", []string{"demyst", "idcf-vm", "cloudflare-enterprise"}},
	{"F26", "odd caps: above 100%, of a later invoice, of a longer period", []string{"algolia-2026", "atlassian-premium", "orca", "upcloud"}},
	{"F27", "customers of a part of a month", []string{"zus", "do-cpu-droplet", "liasail-ecs"}},
	{"F28", "which of several credits is paid", []string{"rollernet-power", "azure-general"}},
	{"F29", "working time", []string{"ofcom-auto", "csg-au", "auth0-old"}},
	{"F30", "multiples of the price of the time lost", []string{"hostingking", "algolia-premier", "upcloud"}},
	{"F31", "months of a fixed length", []string{"speedex", "altus", "expertsystems-au"}},
	{"F32", "limits of liability with a look-back", []string{"aws-customer-agreement", "microsoft-mosa", "syringa"}},
	{"F33", "states of several services", []string{"cpi-shared", "hanbiro", "scaleway-jobs"}},
	{"F34", "nothing paid up to a threshold", []string{"aws-s3", "demyst"}},
	{"F35", "a deductible against a threshold that gates", []string{"hostingking", "sun-inet", "do-cpu-droplet"}},
	{"F36", "a year's fee by the month or quarter", []string{"harness", "ibm-saas", "c2c-delay"}},
	{"F37", "events counted, misses that escalate, and the right to leave", []string{"workday", "datadog", "adobe"}},
	{"F38", "a base of another period", []string{"kanzashi", "cloudflare-enterprise"}},
	{"F39", "the zone of the window's edge", []string{"ntt-ecl2", "atlassian-premium"}},
	{"F40", "the greater or lesser of two", []string{"tkg58", "national-rail-rover"}},
	{"F41", "classes of customers", []string{"ofgem-normal", "nsbt"}},
	{"F42", "automatic payment against a claim", []string{"ofcom-auto", "prowebis"}},
	{"F43", "time weighed by the share that was hit", []string{"m365", "cloudflare-enterprise", "kopt-nifty"}},
	{"F44", "what became unusable as a consequence", []string{"rackspace-managed-support"}},
	{"F45", "maintenance excused up to an allowance, with notice", []string{"slack-2024", "servicenow"}},
	{"F46", "credits and damages set against each other", []string{"kan-miyasui", "auth0-old"}},
	{"F47", "grades of fault that lift a limit", []string{"nsbt"}},
	{"F48", "sums by date and by kind of event", []string{"ofcom-auto", "ofgem-severe-2023"}},
	{"F49", "a base at list price", []string{"acumatica", "hetzner-cloud-credit"}},
	{"F50", "goodwill and expiry", []string{"rogers-2022", "civo", "stakater"}},
	{"T1", "what uptime is: minutes, means of rates, bad intervals, users", []string{"aws-s3", "scaleway-registry", "atlassian-premium", "m365"}},
	{"T2", "ladders that are no partition", []string{"github-ec", "auth0-old", "iclusta", "gce-2020"}},
	{"T3", "one table in two units", []string{"ntt-ecl2", "xserver-business"}},
	{"T4", "the edge of a month and its zone", []string{"ntt-ecl2"}},
	{"T5", "which fee", []string{"cloudflare-enterprise", "github-ec", "kanzashi", "acumatica"}},
	{"T6", "units begun, full or exact", []string{"rackspace-managed-support", "ibm-iaas-infra"}},
	{"T7", "deductible or trigger", []string{"hostingking", "do-cpu-droplet", "sun-inet"}},
	{"T8", "resources of a part of a month", []string{"do-cpu-droplet", "zus", "liasail-ecs"}},
	{"T9", "clocks of knowledge and of tickets", []string{"lumen-edge", "mixhost", "kanzashi"}},
	{"T10", "caps that live elsewhere", []string{"atlassian-premium", "orca", "upcloud"}},
	{"T11", "the greater of two, day by day", []string{"tkg58"}},
	{"T12", "grade of fault × class of customer × head of loss", []string{"nsbt"}},
	{"T13", "damages limited by formula and by what a carrier pays", []string{"mixhost"}},
	{"T14", "several clauses hit by one incident", []string{"azure-general", "rollernet-power", "verizon-mgn"}},
	{"T15", "money that is not money", []string{"google-workspace", "bluehost", "servicenow"}},
}

// TestCorpusFeatures works out, for each feature and trap, the examples of the real terms that show it.
func TestCorpusFeatures(t *testing.T) {
	for _, f := range corpusFeatures {
		t.Run(f.id, func(t *testing.T) {
			for _, name := range f.files {
				c, problems := readLevel(t, filepath.Join(slaFolder, name+".yaml"))
				if problems.Err() != nil {
					t.Fatal(problems)
				}
				if len(c.Examples) == 0 {
					t.Errorf("%s: %s has no example", f.what, name)
				}
				for _, p := range sla.CheckExamples(c) {
					t.Errorf("%s: %s", f.what, p.Error())
				}
			}
		})
	}
}
