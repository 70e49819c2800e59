// Package contracts holds terms: what a hosting contract promises and how far
// it answers.
package contracts
