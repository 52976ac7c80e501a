"""The Italian of what goes wrong between here and a server; a site's commands say it as the centre's do."""

from __future__ import annotations

from collections.abc import Mapping

ITALIAN: Mapping[str, str] = {
    "not_carried.no_address": "Nessun server di nome {host} si trova: controllare che questo computer sia in rete, "
    "poi l'indirizzo.",
    "not_carried.no_answer": "{host} non risponde: controllare che questo computer sia in rete e possa raggiungere "
    "quel server; la rete dell'ospedale può richiedere un proxy.",
    "not_carried.timeout": "{host} è troppo lento o non risponde più: riprovare più tardi.",
    "not_carried.cut": "Il collegamento con {host} si è interrotto a metà: riprovare; ciò che è arrivato intero non "
    "viene inviato due volte.",
    "not_carried.unknown_ca": "Questo computer non conosce chi garantisce per {host}: chiedere al reparto "
    "informatico il file della sua autorità di certificazione e indicarlo nel collegamento. Nulla è stato inviato.",
    "not_carried.wrong_name": "Chi risponde mostra il certificato di un server diverso da {host}: controllare "
    "l'indirizzo; se è giusto, chiamare il reparto informatico. Nulla è stato inviato.",
    "not_carried.expired": "Il certificato di {host} è scaduto: controllare la data di questo computer; se è "
    "giusta, chi amministra il server deve rinnovare il certificato. Nulla è stato inviato.",
    "not_carried.not_yet_valid": "Il certificato di {host} comincia dopo la data di questo computer: regolare data "
    "e ora. Nulla è stato inviato.",
    "not_carried.bad_certificate": "Del certificato di {host} non ci si può fidare: chiamare il reparto "
    "informatico. Nulla è stato inviato.",
    "not_carried.wants_certificate": "{host} non accetta il certificato di questo computer, o ne vuole uno: "
    "indicare nel collegamento il file di un certificato valido.",
    "not_carried.login": "{host} non accetta l'utente, la password o la chiave: controllarli nel collegamento.",
    "not_carried.forbidden": "L'utente del collegamento non può farlo su {host}: chiedere a chi amministra il "
    "server il diritto di leggere e scrivere nella cartella.",
    "not_carried.proxy_login": "Il proxy non accetta il suo utente o la sua password: controllarli nel "
    "collegamento. Un proxy che vuole l'accesso di Windows non si può usare: portare i file su una chiavetta.",
    "not_carried.proxy_silent": "Il proxy non risponde: controllare il suo indirizzo e che questo computer sia "
    "nella rete dell'ospedale.",
    "not_carried.proxy_refuses": "Il proxy non lascia passare questo computer fino a {host}: chiedere al reparto "
    "informatico di permetterlo.",
    "not_carried.folder": "La cartella del collegamento non c'è su {host}: controllare indirizzo e cartella.",
    "not_carried.gone": "Un file non è più su {host}: guardare di nuovo.",
    "not_carried.too_large": "{host} non prende file così grandi: chiedere a chi lo amministra di permettere 20 MB.",
    "not_carried.locked": "Il file su {host} è bloccato da un altro programma: riprovare tra qualche minuto.",
    "not_carried.full": "Su {host} non c'è più spazio: chiederne altro a chi amministra il server.",
    "not_carried.not_stored": "{host} non ha potuto conservare il file, forse per mancanza di spazio: chiedere a "
    "chi amministra il server.",
    "not_carried.busy": "{host} è occupato: riprovare tra qualche minuto.",
    "not_carried.server": "{host} ha un guasto suo: riprovare più tardi; se resta, chiamare chi amministra il "
    "server.",
    "not_carried.redirect": "{host} rimanda a un altro indirizzo, che non viene seguito: controllare l'indirizzo "
    "del collegamento.",
    "not_carried.strange": "Chi risponde su {host} non è un server come quello indicato nel collegamento: "
    "controllare l'indirizzo; nella rete di un ospedale può essere una pagina che chiede prima un accesso.",
    "not_carried.crowded": "La cartella su {host} contiene più file di quanti uno studio possa averne: sceglierne "
    "una usata solo per lo studio.",
    "not_carried.host_key": "{host} mostra una chiave ({shown}) diversa da quella concordata, quindi può essere un "
    "altro computer: nulla è stato inviato. Prima di ogni altra cosa chiamare chi amministra il server.",
    "not_carried.library": "Questa installazione non può usare SFTP, perché le manca una parte: installare il "
    "programma con la sua parte 'sftp'.",
    "carrying_stopped": "Fermato: ciò che è stato inviato resta inviato, il resto è conservato e parte con il "
    "prossimo invio.",
    "bad_connection.https": "L'indirizzo deve cominciare con https:// e indicare un server e una cartella, senza "
    "utente, password o punto interrogativo.",
    "bad_connection.proxy": "L'indirizzo del proxy deve essere come http://proxy.ospedale.example:8080, senza "
    "utente né password.",
    "bad_connection.user": "Accanto a una password serve un utente, senza due punti né fine riga.",
    "bad_connection.password": "Una password deve essere di una riga, e non vuota.",
    "bad_connection.host": "Il nome del server deve essere un nome o un numero come sftp.ospedale.example, e la "
    "porta da 1 a 65535.",
    "bad_connection.folder": "La cartella sul server deve essere di una riga, e non vuota.",
    "bad_connection.host_key": "La chiave del server va scritta come la legge chi lo amministra: SHA256: e 43 tra "
    "lettere e cifre.",
    "bad_connection.authority": "Il file dell'autorità di certificazione non contiene un certificato: chiederlo in "
    "formato PEM o DER.",
    "bad_connection.certificate": "Il file del certificato di questo computer non si apre, o manca il certificato o "
    "la sua chiave: controllare il file e la sua frase.",
    "bad_connection.key": "Il file della chiave non si apre come chiave SSH: controllare il file e la sua frase.",
    "bad_connection.no_proof": "SFTP vuole una password o il file di una chiave.",
    "no_connection": "Qui non c'è un collegamento con un server: indicare una cartella, o impostarlo prima con "
    "'connect'.",
}
