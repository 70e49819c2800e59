package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/xml"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"
)

// contentTypes is the part that says what every other part is. It stands first,
// so that a reader of a stream knows the kinds before the parts come.
const contentTypes = "[Content_Types].xml"

// dosEpoch is 1980-01-01, the first date a zip can hold, as its two bytes.
const dosEpoch = 1<<5 | 1

// partsWriter is the zip stage of a workbook whose bytes depend on its content
// alone: excelize hands over streamed sheets and content types in map order,
// so parts are compressed as they come and written, when all are there, sorted
// by name, all at the same fixed date. It holds the compressed package in memory.
//
// The bytes are the same for one version of Go; another version's compressor
// may pack the same parts differently.
type partsWriter struct {
	out   io.Writer
	flate *flate.Writer // one for all parts, one after another
	parts []*zipPart    // all but the last are complete
	types bytes.Buffer  // the content types, until they can be sorted
}

// zipPart is one entry of the package, compressed while it is written.
type zipPart struct {
	name   string
	packed bytes.Buffer
	crc    hash.Hash32
	size   uint64        // in bytes, unpacked
	flate  *flate.Writer // nil when the part is complete
}

// fixedZip is the hook for [excelize.File.SetZipWriter] that makes equal
// workbooks equal byte for byte. A part of 4 GiB or more is an error on Close.
func fixedZip(w io.Writer) excelize.ZipWriter { return &partsWriter{out: w} }

// Create begins the part name and completes the one before it.
func (w *partsWriter) Create(name string) (io.Writer, error) {
	if name == contentTypes {
		return &w.types, w.finish()
	}
	return w.begin(name)
}

// AddFS is not used by excelize and not supported.
func (w *partsWriter) AddFS(fs.FS) error {
	return fmt.Errorf("workbook parts from a file system: %w", errors.ErrUnsupported)
}

// Close writes the package. It does not close the writer below.
func (w *partsWriter) Close() error {
	if err := w.listTypes(); err != nil {
		return fmt.Errorf("workbook part %s: %w", contentTypes, err)
	}
	rank := func(p *zipPart) string {
		if p.name == contentTypes {
			return ""
		}
		return p.name
	}
	slices.SortFunc(w.parts, func(a, b *zipPart) int { return cmp.Compare(rank(a), rank(b)) })
	z := zip.NewWriter(w.out)
	for i, p := range w.parts {
		if i > 0 && w.parts[i-1].name == p.name {
			return fmt.Errorf("workbook part %s was written twice", p.name)
		}
		if err := p.writeTo(z); err != nil {
			return fmt.Errorf("workbook part %s: %w", p.name, err)
		}
	}
	return z.Close()
}

// listTypes makes the part of the content types, now that they are all known.
func (w *partsWriter) listTypes() error {
	sorted, err := sortContentTypes(w.types.Bytes())
	if err != nil {
		return err
	}
	p, err := w.begin(contentTypes)
	if err != nil {
		return err
	}
	if _, err := p.Write(sorted); err != nil {
		return err
	}
	return w.finish()
}

func (w *partsWriter) begin(name string) (*zipPart, error) {
	if err := w.finish(); err != nil {
		return nil, err
	}
	p := &zipPart{name: name, crc: crc32.NewIEEE()}
	if w.flate == nil {
		f, err := flate.NewWriter(&p.packed, 6)
		if err != nil {
			return nil, err
		}
		w.flate = f
	} else {
		w.flate.Reset(&p.packed)
	}
	p.flate = w.flate
	w.parts = append(w.parts, p)
	return p, nil
}

// finish completes the last part, if it is not complete yet.
func (w *partsWriter) finish() error {
	if len(w.parts) == 0 {
		return nil
	}
	p := w.parts[len(w.parts)-1]
	if p.flate == nil {
		return nil
	}
	p.flate = nil
	return w.flate.Close()
}

// Write compresses b into the part. It is an error once another part has begun.
func (p *zipPart) Write(b []byte) (int, error) {
	if p.flate == nil {
		return 0, fmt.Errorf("workbook part %s is complete", p.name)
	}
	n, err := p.flate.Write(b)
	p.crc.Write(b[:n])
	p.size += uint64(n)
	return n, err
}

// writeTo writes the part as it stands compressed. With its sizes known before,
// no data descriptor follows it, which every reader of workbooks understands.
func (p *zipPart) writeTo(z *zip.Writer) error {
	packed := uint64(p.packed.Len())
	if max(p.size, packed) >= math.MaxUint32 {
		return errors.New("4 GiB or more, which is beyond a workbook's part")
	}
	h := &zip.FileHeader{
		Name: p.name, Method: zip.Deflate, CreatorVersion: 20, ReaderVersion: 20,
		CRC32: p.crc.Sum32(), CompressedSize64: packed, UncompressedSize64: p.size,
	}
	//lint:ignore SA1019 CreateRaw writes this field and not Modified.
	h.ModifiedDate = dosEpoch
	to, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = to.Write(p.packed.Bytes())
	return err
}

// typeList is the whole of [Content_Types].xml.
type typeList struct {
	XMLName  xml.Name       `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Default  []typeOfSuffix `xml:"Default"`
	Override []typeOfPart   `xml:"Override"`
	Other    []anyElement   `xml:",any"`
}

type typeOfSuffix struct {
	Extension   string `xml:",attr"`
	ContentType string `xml:",attr"`
}

type typeOfPart struct {
	PartName    string `xml:",attr"`
	ContentType string `xml:",attr"`
}

type anyElement struct{ XMLName xml.Name }

// sortContentTypes lists the defaults by extension and then the overrides by
// part. An element it does not know is an error, for it would be lost.
func sortContentTypes(b []byte) ([]byte, error) {
	var t typeList
	if err := xml.Unmarshal(b, &t); err != nil {
		return nil, err
	}
	if len(t.Other) > 0 {
		return nil, fmt.Errorf("unknown element %s", t.Other[0].XMLName.Local)
	}
	slices.SortFunc(t.Default, func(a, b typeOfSuffix) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(t.Override, func(a, b typeOfPart) int { return cmp.Compare(a.PartName, b.PartName) })
	out, err := xml.Marshal(t)
	return append([]byte(xml.Header), out...), err
}
