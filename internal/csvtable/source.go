package csvtable

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	chunkSize = 64 << 10
	ctrlZ     = 0x1a
	// heldMax bounds how many Ctrl-Z are held back while the end of the file is awaited.
	heldMax = 4096
)

// errRowLimit ends the reading of a row that has outgrown every allowance.
var errRowLimit = errors.New("row too long")

// source turns the bytes of a file into UTF-8 text with LF line ends and keeps
// the text of the row being read.
type source struct {
	in    io.Reader
	hash  hash.Hash
	size  int64 // bytes taken from in
	ended bool  // in has been read to its end
	err   error // what ended the reading: io.EOF or a failure

	enc    encoding
	loneCR bool
	skip   int   // bytes of the byte order mark still to be dropped
	ctrlZs int   // Ctrl-Z dropped at the end
	last   byte  // last byte of text handed out; 0 when there was none
	limit  int64 // text that one row may take, its line end included
	idle   int   // reads in a row that brought nothing

	chunk, carry, held, text, pending []byte

	buf     []byte // holds win
	win     []byte // text from the current row on
	winOff  int64  // position of win[0] in the text
	line    int    // physical line of win[0]
	fileOff int64  // byte offset in the file of win[0]
}

func newSource(in io.Reader, head sniffed, maxRow int) *source {
	return &source{
		in: in, hash: sha256.New(), chunk: make([]byte, chunkSize),
		enc: head.enc, loneCR: head.loneCR, skip: head.bom, fileOff: int64(head.bom),
		limit: int64(maxRow) + int64(len("\r\n")), line: 1,
	}
}

// Read hands out text and remembers it until the row that it is of is taken.
func (s *source) Read(p []byte) (int, error) {
	for len(s.pending) == 0 && s.err == nil {
		s.fill()
	}
	if len(s.pending) == 0 {
		return 0, s.err
	}
	s.skipBlank()
	if int64(len(s.win)) > s.limit {
		return 0, errRowLimit
	}
	n := copy(p, s.pending)
	if cap(s.win)-len(s.win) < n {
		s.buf = append(s.buf[:0], s.win...)
		s.buf = append(s.buf, s.pending[:n]...)
		s.win = s.buf
	} else {
		s.win = append(s.win, s.pending[:n]...)
	}
	s.pending = s.pending[n:]
	s.last = p[n-1]
	return n, nil
}

// fill reads one chunk and turns it into pending text.
func (s *source) fill() {
	n, err := s.in.Read(s.chunk)
	if s.idle++; n > 0 {
		s.idle = 0
	} else if s.idle > 100 && err == nil {
		err = io.ErrNoProgress
	}
	s.hash.Write(s.chunk[:n])
	s.size += int64(n)
	s.err, s.ended = err, errors.Is(err, io.EOF)

	b := s.chunk[:n]
	drop := min(s.skip, len(b))
	s.skip -= drop
	s.text = append(s.text[:0], s.held...)
	s.text = s.decode(s.text, b[drop:], err != nil)

	keep := len(s.text)
	for keep > 0 && s.text[keep-1] == ctrlZ && len(s.text)-keep < heldMax {
		keep--
	}
	if s.ended {
		s.ctrlZs = len(s.text) - keep
		s.held = s.held[:0]
	} else {
		if s.loneCR && keep > 0 && s.text[keep-1] == '\r' {
			keep-- // whether it stands alone shows with the next chunk
		}
		s.held = append(s.held[:0], s.text[keep:]...)
	}
	s.pending = s.text[:keep]
	if s.loneCR {
		endLines(s.pending)
	}
}

// endLines turns each CR that no LF follows into LF.
func endLines(b []byte) {
	for i, c := range b {
		if c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			b[i] = '\n'
		}
	}
}

// decode appends b as UTF-8. Half a surrogate pair, or half a unit at the end,
// becomes U+FFFD, which the row is then refused for.
func (s *source) decode(dst, b []byte, atEnd bool) []byte {
	if s.enc == utf8Text {
		return append(dst, b...)
	}
	s.carry = append(s.carry, b...)
	in, order := s.carry, s.enc.order()
	for len(in) >= 2 {
		r := rune(order.Uint16(in))
		size := 2
		if utf16.IsSurrogate(r) {
			if len(in) < 4 && !atEnd {
				break
			}
			pair := utf8.RuneError
			if len(in) >= 4 {
				pair = utf16.DecodeRune(r, rune(order.Uint16(in[2:])))
			}
			if r = pair; r != utf8.RuneError {
				size = 4
			}
		}
		dst = utf8.AppendRune(dst, r)
		in = in[size:]
	}
	if atEnd && len(in) > 0 {
		dst = utf8.AppendRune(dst, utf8.RuneError)
		in = nil
	}
	s.carry = append(s.carry[:0], in...)
	return dst
}

// skipBlank forgets the line ends that stand before the current row.
func (s *source) skipBlank() {
	n := 0
	for n < len(s.win) {
		if s.win[n] == '\n' {
			n++
		} else if s.win[n] == '\r' && n+1 < len(s.win) && s.win[n+1] == '\n' {
			n += 2
		} else {
			break
		}
	}
	s.forget(n)
}

// row returns the text of the row that ends at position end of the text.
func (s *source) row(end int64) []byte {
	s.skipBlank()
	return s.win[:max(0, min(end-s.winOff, int64(len(s.win))))]
}

// forget moves the window past its first n bytes.
func (s *source) forget(n int) {
	if n == 0 {
		return
	}
	gone := s.win[:n]
	s.line += bytes.Count(gone, []byte{'\n'})
	s.fileOff += s.enc.size(gone)
	s.winOff += int64(n)
	s.win = s.win[n:]
}

// An encoding is how characters are written as bytes in a file.
type encoding uint8

const (
	utf8Text encoding = iota
	utf16LE
	utf16BE
)

func (e encoding) String() string { return [...]string{"UTF-8", "UTF-16LE", "UTF-16BE"}[e] }

func (e encoding) order() binary.ByteOrder {
	if e == utf16BE {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// size is how many bytes of the file the text b came from.
func (e encoding) size(b []byte) int64 {
	if e == utf8Text {
		return int64(len(b))
	}
	units := 0
	for _, r := range string(b) {
		units += max(1, utf16.RuneLen(r))
	}
	return int64(2 * units)
}
