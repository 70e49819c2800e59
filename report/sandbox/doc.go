// Package sandbox writes a case as one HTML file in which people try other findings: what if gross negligence is found, the cap
// falls, the supplier bears a third.
package sandbox
