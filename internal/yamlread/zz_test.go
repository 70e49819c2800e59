package yamlread
import ("testing";"strings";"time";"runtime";"fmt")
func TestZZ(t *testing.T){
 blk:=func(n int)string{var b strings.Builder;for i:=0;b.Len()<n;i++{b.WriteString(strings.Repeat(" ",i));b.WriteString("a:\n")};return b.String()}
 for name,s:=range map[string]string{
 "flow":strings.Repeat("[",100000)+strings.Repeat("]",100000),
 "flowquoted":strings.Repeat(`["]",`,100000),
 "dash":strings.Repeat("- ",2000000),
 "ques":strings.Repeat("? ",2000000),
 "block":blk(4<<20-3000),
 "mix":strings.Repeat("- ? ",1000000),
 "flat":"["+strings.Repeat("a,",2000000)+"]",
 "flatdash":strings.Repeat("- \n",1300000),
 "flatmap":strings.Repeat("[],",1300000),
 "flatseq":"["+strings.Repeat("[],",1300000)+"]",
 "flatempt":"["+strings.Repeat("{},",1300000)+"]",
 "emptyq":"["+strings.Repeat("'',",1300000)+"]",
 "pair":"["+strings.Repeat("?,",2000000)+"]",
 "pair2":"["+strings.Repeat(":,",2000000)+"]",
 "anchors":"["+strings.Repeat("&a ,",1000000)+"]",
 "long":strings.Repeat("a",4<<20),
 "longml":strings.Repeat("a\n",2<<20),
 "keys":strings.Repeat("a: b\n",800000),
 "comments":strings.Repeat("#\n",2000000),
 "docs":strings.Repeat("---\n",1000000),
 "empty":"", "cmt":"# x\n", "bad":"a: [1\nb: 2\n", "dir":"%YAML 9.9\n---\na: 1\n", "two":"a: 1\n---\nb: 2\n","trail":"a: 1\n...\nb\n",
 "bad2":"a: 'x\n","tab":"a: \"\\q\"\n","unk":"a: *x\n",
 }{
  var m0,m1 runtime.MemStats; runtime.GC(); runtime.ReadMemStats(&m0); t0:=time.Now()
  stop:=make(chan bool);pk:=make(chan uint64)
  go func(){var p uint64;for{select{case <-stop:pk<-p;return;default:var m runtime.MemStats;runtime.ReadMemStats(&m);if m.HeapInuse+m.StackInuse>p{p=m.HeapInuse+m.StackInuse};time.Sleep(5*time.Millisecond)}}}()
  v,c:=Parse("f",[]byte(s)); d:=time.Since(t0); close(stop);p:=<-pk
  runtime.ReadMemStats(&m1)
  msg:="ok";if len(c.Problems())>0{msg=c.Problems()[0].Error()}
  if len(msg)>150{msg=msg[:150]}
  fmt.Println(name,len(s),v!=nil,d.Round(time.Millisecond),"alloc",(m1.TotalAlloc-m0.TotalAlloc)>>20,"peak",p>>20,msg,len(c.Problems()))
 }
}
func TestZY(t *testing.T){
 for name,s:=range map[string]string{
 "legit":strings.Repeat("- {id: abcdefghi, ja: abcdef}\n",49000),
 "pair":"["+strings.Repeat(":,",99000)+"]",
 "pairpad":"["+strings.Repeat(":,                  ",99000)+"]",
 "quotedcolon":"["+strings.Repeat("'':'',",199000)+"]",
 "quotedcolon2":"["+strings.Repeat("\"\":\"\",",199000)+"]",
 "unk":strings.Repeat("abcdefghijabcdefghijabcdefghijabcde: 1\n",99000),
 }{
  var m0,m1 runtime.MemStats; runtime.GC(); runtime.ReadMemStats(&m0); t0:=time.Now()
  stop:=make(chan bool);pk:=make(chan uint64)
  go func(){var p uint64;for{select{case <-stop:pk<-p;return;default:var m runtime.MemStats;runtime.ReadMemStats(&m);if m.HeapInuse+m.StackInuse>p{p=m.HeapInuse+m.StackInuse};time.Sleep(5*time.Millisecond)}}}()
  v,c:=Parse("f",[]byte(s)); d:=time.Since(t0); close(stop);p:=<-pk
  runtime.ReadMemStats(&m1)
  t0=time.Now();f:=v.Map();for _,k:=range strings.Fields("id title law audience parties in_force currency zone rounding order source clauses"){f.Optional(k)};f.Done()
  msg:="ok";if len(c.Problems())>0{msg=c.Problems()[0].Error()}
  if len(msg)>150{msg=msg[:150]}
  fmt.Println(name,len(s),v!=nil,d.Round(time.Millisecond),"alloc",(m1.TotalAlloc-m0.TotalAlloc)>>20,"peak",p>>20,msg,len(c.Problems()),time.Since(t0))
 }
 var b strings.Builder; for i:=range 90000{fmt.Fprintf(&b,"abcdefghijabcdefghijabcdefghij%d: 1\n",i)}
 v,c:=Parse("f",[]byte(b.String()));t0:=time.Now()
  f:=v.Map();for _,k:=range strings.Fields("id title law audience parties in_force currency zone rounding order source clauses"){f.Optional(k)};f.Done()
  fmt.Println(len(c.Problems()),time.Since(t0))
}
