// Package feed reads what status pages and monitors publish, and makes the record of an incident of it.
//
// # Formats
//
//   - statuspage: incidents.json of Atlassian Statuspage, version 2, and of pages that serve the same shape;
//   - gcp: incidents.json of Google Cloud;
//   - aws: the current events of AWS Health, in UTF-8 or in UTF-16 with a byte order mark;
//   - slack: the history of Slack, version 2;
//   - github: JSON Lines of incidents with posted times and, where there is one, the window that a post-mortem states;
//   - csv: plain intervals, a row each: service, from, to and, optionally, impact, cause, title, id, clock, share and announced.
//
// # What is taken
//
// A feed is read to the letter: a repeated key, a half of a surrogate pair, text after the end, a time without an
// offset where no zone is named, or a state that the format does not know refuse it, with the place and what would be right.
//
// Where a feed tells when each component changed its state (statuspage, aws), the phases are those changes and not the
// header, which is of the gravest component and of the longest. Phases stay as they were posted, also where two overlap:
// downtime is their union, which is taken when it is measured.
//
// What a feed does not say is a stated assumption. Each is a note (N_ASSUMED) that tells of which incidents it was made,
// and stands at the head of the file that [Write] makes. Nobody's fault is assumed: grades are never set, and the cause
// only where a feed speaks of maintenance.
//
// # Design
//
// 2026-11-23: The end of an incident that goes on is left open and not set to the day of reading, so that one feed gives
// one file. 2026-11-23: The words of a format are mapped to impacts once, in one table for each, and the mapping is printed
// with every import: whoever reads a word in another way changes the written file and not the feed.
package feed
