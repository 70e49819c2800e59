package statement

import "github.com/amends-go/amends/contracts"

// defaults are the blocks that stand where the company has none of its own. They promise nothing that the data does not say.
var defaults = map[string]contracts.Text{
	"title": {
		JA: `{{.Incident}}に関するお詫びと{{if or (eq .State "due") (eq .State "granted")}}補償のご案内{{else}}ご報告{{end}}`,
		EN: `{{.Incident}}: our apology {{if or (eq .State "due") (eq .State "granted")}}and your compensation{{else}}and how it concerns you{{end}}`,
	},
	"greeting": {
		JA: `拝啓　平素は格別のご高配を賜り、厚く御礼申し上げます。`,
		EN: `Dear {{if .Name}}{{.Name}}{{else}}customer{{end}},`,
	},
	"apology": {
		JA: `{{if eq .State "void" "not-affected"}}このたびの「{{.Incident}}」につきまして、ご心配をおかけしておりますことを深くお詫び申し上げます。{{else}}このたびの「{{.Incident}}」により、お客様に多大なご迷惑をおかけいたしましたことを、深くお詫び申し上げます。{{end}}`,
		EN: `{{if eq .State "void" "not-affected"}}We apologise for the concern that this incident ({{.Incident}}) may have caused you.{{else}}We apologise for the trouble that this incident ({{.Incident}}) has caused you.{{end}}`,
	},
	"cause":      {},
	"prevention": {},
	"lead": {
		JA: `{{if or (eq .State "due") (eq .State "granted")}}つきましては、お客様への補償について、下記のとおりご案内申し上げます。{{else}}つきましては、お客様のご契約についての確認結果を、下記のとおりご報告申し上げます。{{end}}`,
		EN: `{{if or (eq .State "due") (eq .State "granted")}}This letter says what you receive, why, and when.{{else}}This letter says what we found for your contract, and why.{{end}}`,
	},
	"affected": {
		JA: `{{if eq .State "void"}}記録によれば、お客様のご契約は事故の当時、有効な期間にありませんでした。{{else if .Affected}}お客様のご契約は、この事故の影響を受けたことを確認しております。{{else}}お客様のご契約は、この事故の影響を受けていないことを確認しております。{{end}}`,
		EN: `{{if eq .State "void"}}By our records your subscription was not in force at the time of the incident.{{else if .Affected}}Your subscription was affected by this incident.{{else}}By our records your subscription was not affected by this incident.{{end}}`,
	},
	"remedy": {
		JA: `{{if eq .State "due"}}お支払いする額は{{.Amount}}です。根拠は次のとおりです。{{else if eq .State "granted"}}金銭のお支払いに代えて、次のものをご提供します。{{else if eq .State "not-affected"}}影響が確認されていないため、このご契約について補償の対象となるものはありません。{{else if eq .State "void"}}有効なご契約がないため、約款に基づく補償の対象となるものはありません。{{else if eq .State "owes-back"}}すでにお支払いした額が、下記の計算による補償額を{{.Back}}上回っています。{{else}}このご契約についてお支払いする額はありません。理由は次のとおりです。{{end}}`,
		EN: `{{if eq .State "due"}}You receive {{.Amount}}, on the following grounds.{{else if eq .State "granted"}}You receive the following in kind; no money is paid.{{else if eq .State "not-affected"}}As no effect on your subscription was found, no compensation is due for it.{{else if eq .State "void"}}As there was no contract in force, no compensation is due under the terms.{{else if eq .State "owes-back"}}What has already been paid to you exceeds the compensation worked out below by {{.Back}}.{{else}}Nothing is payable for your subscription, for the following reasons.{{end}}`,
	},
	"payment": {
		JA: `{{if and (eq .State "due") (not .PaidOn)}}お支払いの時期は、決まりしだい別途ご案内いたします。{{end}}`,
		EN: `{{if and (eq .State "due") (not .PaidOn)}}We shall tell you separately when it is paid.{{end}}`,
	},
	"action": {
		JA: `{{if .ClaimBy}}お受け取りには、{{.ClaimBy}}までにご請求いただく必要があります。下記のお問い合わせ窓口へ、お客様番号を添えてお申し出ください。{{else if .MustClaim}}お受け取りにはご請求が必要です。下記のお問い合わせ窓口へ、お客様番号を添えてお申し出ください。{{else if eq .State "owes-back"}}この書面は、ご返金をお願いする請求書ではありません。お取扱いについては、下記のお問い合わせ窓口へお尋ねください。{{else}}このご案内について、お客様によるお手続きは不要です。{{end}}`,
		EN: `{{if .ClaimBy}}To receive it you need to ask for it by {{.ClaimBy}}: please contact us as below and give your customer number.{{else if .MustClaim}}To receive it you need to ask for it: please contact us as below and give your customer number.{{else if eq .State "owes-back"}}This letter is not a bill. Please contact us as below about what follows from it.{{else}}You need not do anything about this letter.{{end}}`,
	},
	"objection": {
		JA: `この内容に誤りやご異議がある場合は、{{if .ObjectBy}}{{.ObjectBy}}までに、{{end}}下記のお問い合わせ窓口へお申し出ください。`,
		EN: `If anything here is wrong, or you disagree with it, please tell us{{if .ObjectBy}} by {{.ObjectBy}}{{end}}, as below.`,
	},
	"rights": {
		JA: `この書面は、お客様の法律上の権利を制限し、または放棄していただくものではありません。`,
		EN: `This letter does not limit your rights under the law, nor does it ask you to give up any.`,
	},
	"phishing": {
		JA: `本件をよそおった電話、電子メールやSMSにご注意ください。この書面にはリンク（URL）を載せておりません。本件を名乗るリンクは開かず、パスワード、暗証番号、カード番号などを入力なさらないようお願いいたします。`,
		EN: `Beware of calls, e-mails and text messages that imitate this letter. It holds no link. Please open no link sent in its name, and enter no password, PIN or card number.`,
	},
	"closing": {
		JA: `以上`,
		EN: "Yours faithfully,\n{{.Company}}",
	},
}
