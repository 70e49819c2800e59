package sandbox_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/amends-go/amends/report/sandbox"
)

// browser is a Chromium that several pages share.
type browser struct{ ctx context.Context }

// needBrowser starts Chromium. Where there is none the test is skipped, or fails if AMENDS_CI is 1: a check that is skipped there would
// look like one that passed. Under -short, which only a second pass over the same tests uses, it is skipped everywhere.
func needBrowser(t testing.TB) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("pages are opened in the pass without -short")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("AMENDS_CI") == "1" {
			t.Fatal("chromium is not installed, so pages cannot be opened")
		}
		t.Skip("chromium is not installed, so pages cannot be opened")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WindowSize(1280, 900))
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox) // Chromium refuses to sandbox as root
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stop := chromedp.NewContext(alloc)
	t.Cleanup(func() { stop(); stopAlloc() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return &browser{ctx}
}

// tab is a page opened from disk. Whatever it asks for beyond itself, and every word in its console, is a failure.
type tab struct {
	t    testing.TB
	ctx  context.Context
	path string
}

// open writes a page and opens it.
func (b *browser) open(t testing.TB, p sandbox.Page) *tab {
	t.Helper()
	var out bytes.Buffer
	if err := sandbox.Write(&out, p); err != nil {
		t.Fatal(err)
	}
	return b.show(t, out.Bytes())
}

func (b *browser) show(t testing.TB, html []byte) *tab {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, html, 0o600); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var wrong []string
	note := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		wrong = append(wrong, fmt.Sprintf(format, args...))
	}
	address := (&url.URL{Scheme: "file", Path: path}).String()
	listen := chromedp.WithListener(func(ev any) {
		switch ev := ev.(type) {
		case *network.EventRequestWillBeSent:
			if ev.Request.URL != address && !strings.HasPrefix(ev.Request.URL, "blob:") {
				note("it asked for %s", ev.Request.URL)
			}
		case *runtime.EventExceptionThrown:
			note("exception: %+v", *ev.ExceptionDetails)
		case *runtime.EventConsoleAPICalled:
			note("console: %s", ev.Type)
		case *log.EventEntryAdded:
			note("log: %s", ev.Entry.Text)
		}
	})
	ctx, stop := chromedp.NewContext(b.ctx, listen)
	ctx, cancel := context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(func() {
		cancel()
		stop()
		mu.Lock()
		defer mu.Unlock()
		if len(wrong) > 0 {
			t.Errorf("the page did what it must not: %s", strings.Join(wrong, "\n"))
		}
	})
	tb := &tab{t, ctx, path}
	tb.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{})
		if err == nil {
			_, err = cdp.Call(ctx, target, log.Enable, cdp.Empty{})
		}
		return err
	}), chromedp.Navigate(address))
	return tb
}

func (tb *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	tb.t.Helper()
	if err := chromedp.Do(tb.ctx, actions...); err != nil {
		tb.t.Fatal(err)
	}
}

// eval evaluates an expression of the page's own language.
func eval[T any](tb *tab, js string) T {
	tb.t.Helper()
	v, err := chromedp.Run(tb.ctx, chromedp.Evaluate[T](js))
	if err != nil {
		tb.t.Fatalf("%s: %v", js, err)
	}
	return v
}
