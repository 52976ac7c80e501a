<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ArchiveCard</name>
    <message numerus="yes">
        <source>The archive is written: %n patient(s).</source>
        <translation>
            <numerusform>The archive is written: %n patient.</numerusform>
            <numerusform>The archive is written: %n patients.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message numerus="yes">
        <source>%n entry(ies)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies), technical details not counted</source>
        <translation>
            <numerusform>%n entry, technical details not counted</numerusform>
            <numerusform>%n entries, technical details not counted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) of the trail checked, each in its place and signed.</source>
        <translation>
            <numerusform>%n entry of the trail checked, in its place and signed.</numerusform>
            <numerusform>%n entries of the trail checked, each in its place and signed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n year</numerusform>
            <numerusform>%n years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) late</source>
        <translation>
            <numerusform>%n day late</numerusform>
            <numerusform>%n days late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>%n hour left</numerusform>
            <numerusform>%n hours left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n course(s)</source>
        <translation>
            <numerusform>%n course</numerusform>
            <numerusform>%n courses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pulse record(s)</source>
        <translation>
            <numerusform>%n series of pulses</numerusform>
            <numerusform>%n series of pulses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) without anifrolumab</source>
        <translation>
            <numerusform>%n day without anifrolumab</numerusform>
            <numerusform>%n days without anifrolumab</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) from Pisa</source>
        <translation>
            <numerusform>%n question from Pisa</numerusform>
            <numerusform>%n questions from Pisa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new question(s) (Alt+6).</source>
        <translation>
            <numerusform>%n new question (Alt+6).</numerusform>
            <numerusform>%n new questions (Alt+6).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) to earlier questions (Alt+6).</source>
        <translation>
            <numerusform>%n message to earlier questions (Alt+6).</numerusform>
            <numerusform>%n messages to earlier questions (Alt+6).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wrong passphrase(s) since the last unlocking.</source>
        <translation>
            <numerusform>%n wrong passphrase since the last unlocking.</numerusform>
            <numerusform>%n wrong passphrases since the last unlocking.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) of the draft are as they were typed.</source>
        <translation>
            <numerusform>%n answer of the draft is as it was typed.</numerusform>
            <numerusform>%n answers of the draft are as they were typed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) stay as they are.</source>
        <translation>
            <numerusform>%n answer stays as it is.</numerusform>
            <numerusform>%n answers stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bundle(s) never arrived: {numbers}. Choose each in the list below and save it again.</source>
        <translation>
            <numerusform>%n bundle never arrived: {numbers}. Choose each in the list below and save it again.</numerusform>
            <numerusform>%n bundles never arrived: {numbers}. Choose each in the list below and save it again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of the study are there.</source>
        <translation>
            <numerusform>%n file of the study is there.</numerusform>
            <numerusform>%n files of the study are there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) there are no answer of Pisa, or are damaged: they were not used. Tell Pisa.</source>
        <translation>
            <numerusform>%n file there is no answer of Pisa, or is damaged: it was not used. Tell Pisa.</numerusform>
            <numerusform>%n files there are no answers of Pisa, or are damaged: they were not used. Tell Pisa.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n score(s) came out differently in Pisa: the centre will ask about them.</source>
        <translation>
            <numerusform>%n score came out differently in Pisa: the centre will ask about them.</numerusform>
            <numerusform>%n scores came out differently in Pisa: the centre will ask about them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{form} (%n question(s))</source>
        <translation>
            <numerusform>{form} (%n question)</numerusform>
            <numerusform>{form} (%n questions)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message numerus="yes">
        <source>%n problem(s) to settle</source>
        <translation>
            <numerusform>%n problem to settle</numerusform>
            <numerusform>%n problems to settle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) without an answer</source>
        <translation>
            <numerusform>%n question without an answer</numerusform>
            <numerusform>%n questions without an answer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnrolmentCard</name>
    <message numerus="yes">
        <source>%n patient(s) enrolled</source>
        <translation>
            <numerusform>%n patient enrolled</numerusform>
            <numerusform>%n patients enrolled</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentityCard</name>
    <message numerus="yes">
        <source>%n year(s) old today</source>
        <translation>
            <numerusform>%n year old today</numerusform>
            <numerusform>%n years old today</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>Stopped: %n row(s) are entered.</source>
        <translation>
            <numerusform>Stopped: %n row is entered.</numerusform>
            <numerusform>Stopped: %n rows are entered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are entered as transcriptions.</source>
        <translation>
            <numerusform>%n row is entered as a transcription.</numerusform>
            <numerusform>%n rows are entered as transcriptions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are entered and stay.</source>
        <translation>
            <numerusform>%n row is entered and stays.</numerusform>
            <numerusform>%n rows are entered and stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LookCard</name>
    <message numerus="yes">
        <source>%n patient(s) could be recognised</source>
        <translation>
            <numerusform>%n patient could be recognised</numerusform>
            <numerusform>%n patients could be recognised</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) held back</source>
        <translation>
            <numerusform>%n text held back</numerusform>
            <numerusform>%n texts held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message numerus="yes">
        <source>%n character(s) still missing</source>
        <translation>
            <numerusform>%n character still missing</numerusform>
            <numerusform>%n characters still missing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PatientsPage</name>
    <message numerus="yes">
        <source>%n patient(s)</source>
        <translation>
            <numerusform>%n patient</numerusform>
            <numerusform>%n patients</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueriesCard</name>
    <message numerus="yes">
        <source>%n answered, waiting for Pisa</source>
        <translation>
            <numerusform>%n answered, waiting for Pisa</numerusform>
            <numerusform>%n answered, waiting for Pisa</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueriesPage</name>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultsCard</name>
    <message numerus="yes">
        <source>Enter %n row(s)…</source>
        <translation>
            <numerusform>Enter %n row…</numerusform>
            <numerusform>Enter %n rows…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendPage</name>
    <message numerus="yes">
        <source>%n record(s) of endpoint forms are not signed</source>
        <translation>
            <numerusform>%n record of endpoint forms is not signed</numerusform>
            <numerusform>%n records of endpoint forms are not signed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n patient(s)</source>
        <translation>
            <numerusform>of %n patient</numerusform>
            <numerusform>of %n patients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) and mark(s)</source>
        <translation>
            <numerusform>%n answer or mark</numerusform>
            <numerusform>%n answers and marks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) or answer(s). Take it to Pisa and bring the answer back here: only then is it known to have arrived.</source>
        <translation>
            <numerusform>%n record or answer. Take it to Pisa and bring the answer back here: only then is it known to have arrived.</numerusform>
            <numerusform>%n records or answers. Take it to Pisa and bring the answer back here: only then is it known to have arrived.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) or answer(s). Pisa takes it from there; fetch its answer later: only then is it known to have arrived.</source>
        <translation>
            <numerusform>%n record or answer. Pisa takes it from there; fetch its answer later: only then is it known to have arrived.</numerusform>
            <numerusform>%n records or answers. Pisa takes it from there; fetch its answer later: only then is it known to have arrived.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendingCard</name>
    <message numerus="yes">
        <source>records of %n patient(s)</source>
        <translation>
            <numerusform>records of %n patient</numerusform>
            <numerusform>records of %n patients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) and mark(s) beside them.</source>
        <translation>
            <numerusform>%n answer or mark beside them.</numerusform>
            <numerusform>%n answers and marks beside them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) held back until signed.</source>
        <translation>
            <numerusform>%n visit held back until signed.</numerusform>
            <numerusform>%n visits held back until signed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignOffPage</name>
    <message numerus="yes">
        <source>%n form(s)</source>
        <translation>
            <numerusform>%n form</numerusform>
            <numerusform>%n forms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaysCard</name>
    <message numerus="yes">
        <source>%n visit(s) held back</source>
        <translation>
            <numerusform>%n visit held back</numerusform>
            <numerusform>%n visits held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) held back</source>
        <translation>
            <numerusform>%n text held back</numerusform>
            <numerusform>%n texts held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n form(s)</source>
        <translation>
            <numerusform>%n form</numerusform>
            <numerusform>%n forms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryStep</name>
    <message numerus="yes">
        <source>%n character(s), typed twice</source>
        <translation>
            <numerusform>%n character, typed twice</numerusform>
            <numerusform>%n characters, typed twice</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnlockPage</name>
    <message numerus="yes">
        <source>The next try is possible in %n second(s).</source>
        <translation>
            <numerusform>The next try is possible in %n second.</numerusform>
            <numerusform>The next try is possible in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>Enter %n row(s)</source>
        <translation>
            <numerusform>Enter %n row</numerusform>
            <numerusform>Enter %n rows</numerusform>
        </translation>
    </message>
</context>
</TS>
