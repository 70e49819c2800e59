package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/amends-go/amends/report/statement"
)

// caseFields tells of the files of a case, field by field.
var caseFields = []struct {
	file, about string
	fields      [][2]string
}{
	{"case.yaml", "what a case consists of; paths are relative to its folder", [][2]string{
		{"id, title", "of the case"},
		{"as_of", "the day up to which a phase with an open end counts, and interest for delay whose clause names no last day"},
		{"contracts", "paths of contract files, or {file, sha256, versions}: sha256 holds a text to the registered one; versions are paths of other versions of the terms, among which the parameter version.CONTRACT chooses"},
		{"incident", "path of the incident file"},
		{"findings", "path of the findings file"},
		{"default_findings", "id of the set that stands when none is named; the first by default"},
		{"customers", "path of the list, or {file, rows, sha256}"},
		{"claims", "path of claims in long form: customer, head, amount"},
		{"billing", "a path: how credits are posted and paid; optional"},
		{"statement", "a path: what statements to customers say; optional"},
		{"scenarios", "a path: what to vary; optional"},
		{"recourse", "what parties recover under contracts of their own: {contract, from, to, claim: {head, phase}}, and of the claimant own_share (by-shares by default), service, monthly_fee, fees_paid, paid, fees, numbers, facts, losses: [{head, amount}]"},
	}},
	{"scenarios.yaml", "what the legal team asks; amends whatif works it out", [][2]string{
		{"base", "findings or scenario over which everything varies; the case's default by default"},
		{"scenarios", "sets of findings like those of findings.yaml: {id, title, source, based_on, findings: {NAME: {is, reason, source}}}"},
		{"compare", "ids of findings and scenarios; all are held against the first. By default the base, then all others"},
		{"ranges", "[{parameter, values: [a, b]} or {parameter, from, to}, with reason and source]: what a parameter may be, for the sensitivity and the sliders of the page"},
		{"sweeps", "[{id, title, base, measure, of: one or two of {parameter, values} or {parameter, from, to, steps}}]; measure is total (default), contract.ID or remains.PARTY"},
		{"break_even", "[{id, title, base, measure, parameter, from, to, reaches: amount}]: at which value a figure reaches an amount"},
		{"uncertainty", "{base, measure, draws, seed, variables: […]}: what may be, and how likely. A variable has parameter (a name or several), reason, source, step, and one of chances: {VALUE: 70%, …}, range: {from, to}, triangular or pert: {low, likely, high}, lognormal: {p05, p95, at_least, at_most}; or shares: {PARTY: {pert: …}, PARTY: rest}. draw and against name a draw that is shared, or moved against"},
		{"tree", "{title, unit: currency, root}: a decision tree. A node is {decide: […]}, {chance: […]}, {pays: amount} or {scenario: id}; a branch is {id, title, cost, months, then}, of a chance with probability and reason"},
	}},
	{"statement.yaml", "what letters to customers say; amends statement writes them", [][2]string{
		{"company", "{name, address, signatory, contact: {name, phone, hours, email}}; name, hours, and phone or email are needed"},
		{"date", "of the letters"},
		{"records_as_of", "the day as of which customers' records are told; the case's as_of by default"},
		{"zone_name", "what the zone of the times is called, such as {ja: 日本時間, en: Japan time}"},
		{"logo", "path of a PNG or JPEG picture in the case folder"},
		{"object", "{until: a day} or {days: 30} after the date: until when a customer may object"},
		{"texts", "blocks of the letter in your own words, {ja, en} each: " + strings.Join(statement.BlockNames(), ", ") + ". They may use {{.Field}} and {{if .Field}}…{{end}}: " + strings.Join(statement.FieldNames(), ", ")},
		{"templates", "{ja: file, en: file}: the same blocks in files of their own, each as {{define \"name\"}}…{{end}}"},
	}},
	{"billing.yaml", "how credits are posted and paid; amends credits and amends statement read it, and each format says what it needs", [][2]string{
		{"bill_line", "{ja, en}: what the line on the bill says; letters tell it too"},
		{"paid_on", "the day on which a bill with the credit is issued or a transfer is made"},
		{"remedies", "how credits are carried out where the terms name no form, by reason (service-credit, goodwill, damages, interest): bill_credit, refund, bank_transfer, in_kind or service_extension. By default credits and goodwill are bill_credit, the rest bank_transfer"},
		{"invoices", "path of a CSV list: customer, subscription, invoice, fee_id (Lago), billing_customer (the customer's id at Stripe)"},
		{"stripe", "{invoices_are: paid or open, tax_rates: {10%: txr_…}, reasons: {service-credit: product_unsatisfactory}}"},
		{"lago", "{reasons: {service-credit: product_unsatisfactory}}"},
		{"yayoi", "{edition: desktop or online, memo, slip, entries: [{treatment, tax_rate, remedy, debit: {account, sub_account, department, tax_class}, credit: {…}}]}: 仕訳, a line an entry and not a customer"},
		{"zengin", "{client_code, client_name, bank_code, bank_name, branch_code, branch_name, account_type, account_number, accounts, line_ends, max_transfers}: 総合振込 from the company's account; accounts is the path of a CSV list: customer, subscription, bank_code, bank_name, branch_code, branch_name, account_type, account_number, holder in kana"},
	}},
	{"contracts/*.yaml", "terms: what stands beside the clauses, of which amends help clauses tells", [][2]string{
		{"id, title, law, currency, zone", "law is a jurisdiction such as jp; zone is an IANA name"},
		{"audience, parties, in_force, source", "for whom, between whom, when, and where it was read"},
		{"rounding, order", "of every part taken (down by default); of own fault, set-off, layers and caps"},
		{"tax", "{rate: 10%, included: true, rounding: down, damages: outside, credits: price-reduction}: a tax on turnover. included says whether fees hold it; damages is outside or by-substance (a finding decides); credits is price-reduction or damages, and left out both are computed. rate is by default the law's on the first day of the incident"},
		{"calendars, examples", "tables of working time; worked examples that the contract must reproduce"},
	}},
	{"incident.yaml", "what happened, as recorded", [][2]string{
		{"id, title, zone, source", "zone is an IANA name; times without an offset are in it"},
		{"services", "id: title of each service"},
		{"heads, facts", "id: title of each head of loss, and of each fact that may be true of a customer"},
		{"heads: {id: {…}}", "of a head: title (the common ones have one: restoration, re-creation, investigation, notices, lost-profit, third-party-claims, staff-time, substitute, lawyers-fees, pain), kind (special loss is recoverable only if it should have been foreseen), class (non-economic), by (provider: a counterclaim), margin: {sales: [name, …], cost: [name, …], period: 1/4, part: 80%} works lost profit out from fee.NAME columns"},
		{"parties", "{id, title, role} of who may bear the loss; the first is the provider; answers: true for one who answers to the customers itself"},
		{"events", "{id, kind, title, phases}: happenings; kind is what exemptions and events: of a commitment speak of"},
		{"phases", "{id, title, from, to}: stretches of an event; to may be open"},
		{"impact", "of a phase: outage (default), partial, degraded, unknown (nobody was watching), none"},
		{"cause", "of a phase: what exclude_downtime speaks of, such as maintenance, force-majeure, customer"},
		{"share", "of a phase: the part of the users, servers or customers that it hit, 30% or 3/10"},
		{"announced", "of a phase: when notice of it was given"},
		{"grade", "of a phase: degree of fault as first reported"},
		{"clock, clocks", "of a phase: who told its time, and what others tell: {source, from, to}"},
		{"levels", "{of: commitment, window: 2024-05, uptime: 99.7%} or value: a level, count or reading on record, of the incident or of windows before and after it; service confines it"},
		{"series", "{id, start, interval: 5m, counts: [[total, failed], …]} or runs: [{of, total, failed}]: requests counted"},
	}},
	{"findings.yaml", "what is judged: sets of {id, title, source, based_on, date, findings}", [][2]string{
		{"findings", "parameter: {is, reason, source}. amends help parameters CASE lists those of a case: grade, own_fault, admit.HEAD, part.HEAD (how much of what is claimed is admitted), clause.ID, version.CONTRACT, clock, unknown.ID, tiers.ID, claim.ID, form.ID, law.ID, of interest rate.ID, legal_rate.ID, from.ID, to.ID, day_count.ID, ends.ID, appropriation.ID, owed_back.ID, of a tax tax.rate, tax.credits, tax.damages; of several at fault share.PARTY, standing.PARTY, extent.PARTY, weighing, liability, uncollectible, settlement, contribution, payments, paid.PARTY; of a supplier under its contract grade.PHASE@PARTY, own_fault@PARTY, admit.HEAD@PARTY"},
		{"is", "a value of the parameter, or open to have every reading computed"},
	}},
	{"customers.csv", "one row a subscription; columns in any order", [][2]string{
		{"id, subscription", "together unique"},
		{"name, contract, service, consumer", "contract and service where the case has several; consumer yes or no"},
		{"monthly_fee, fees_paid, paid", "amounts in major units: the fee of a month, all fees paid to date, compensation already paid"},
		{"fee.NAME, number.NAME", "a sum or a whole number of which a clause speaks"},
		{"billing_day", "day of the month on which the billing month begins"},
		{"since, until", "first day of the subscription, and the first day after it"},
		{"paid_on, paid.2, paid_on.2", "the day of paid, and further payments with theirs, in the order of their days; one without a day was made before any delay"},
		{"demanded_on", "day on which payment was demanded, from which interest may count; empty is not yet"},
		{"claimed_on", "day on which a credit was asked for; empty is not yet"},
		{"measured.ID, measured.ID@WINDOW", "what failed of a commitment for this customer alone: 86m24s, 99.86% or a count"},
		{"settled.PARTY", "what another party at fault has paid this customer in settlement"},
		{"fact.ID, affected.ID", "yes or no, for a fact or an event of the incident"},
		{"loss.HEAD, loss.HEAD@PHASE", "the loss claimed; found.HEAD is what was found to be proved"},
		{"own_share", "the customer's own share of fault, where it has one of its own"},
	}},
	{"claims.csv", "losses in long form: one row a head, or one an item; columns in any order", [][2]string{
		{"customer, subscription, head, phase", "whose loss, and of what; phase may be left out where the incident has one"},
		{"claimed, found", "what is asked, and what was found to be proved; found is claimed by default"},
		{"out_of_scope, not_caused, not_proved, betterment, avoidable", "what is not admitted of the claim, by reason; together at most the claim"},
		{"saved", "what the loss spared the customer (損益相殺), taken off what is admitted of the same head"},
		{"item", "with it a loss may stand in several rows, which are added up"},
		{"evidence, reason", "texts that the working of the customer shows"},
	}},
}

// helpCase prints the files of a case: all, or those fields that hold the words.
func helpCase(w io.Writer, words []string) error {
	found := 0
	for _, f := range caseFields {
		var lines []string
		for _, field := range f.fields {
			text := strings.ToLower(f.file + " " + field[0] + " " + field[1])
			all := true
			for _, word := range words {
				all = all && strings.Contains(text, strings.ToLower(word))
			}
			if all {
				lines = append(lines, fmt.Sprintf("    %s\n%s", field[0], fill(field[1], 90, strings.Repeat(" ", 8))))
			}
		}
		if len(lines) == 0 {
			continue
		}
		found++
		fmt.Fprintf(w, "%s: %s\n\n%s\n\n", f.file, f.about, strings.Join(lines, "\n"))
	}
	if found == 0 {
		return exitError{exitUsage, fmt.Errorf("no file of a case has %q", strings.Join(words, " "))}
	}
	return nil
}
