//! Messages of chats, a line each: the language, the message and its meaning. `?` is a message that must not count, `-`
//! one that says nothing about movies, `!3` a no to 3, `only` a message that replaces earlier ones.

pub const LINES: &str = "
any | 2 | 2
any | 2 4♥ not 3 | 2 !3 4♥
any | 1,5, no 7 | 1 5 !7
any | 2, 4 and 7 | 2 4 7
any | #2 #4 | 2 4
any | 1-3 | 1 2 3
any | 1–3, 7 | 1 2 3 7
any | 4❤️ | 4♥
any | 4 ❤️ | 4♥
any | ❤️4 | 4♥
any | ❤️ 4, 2 | 2 4♥
any | 2 ⭐4 | 2 4♥
any | 👎3 | !3
any | 3👎 | !3
any | 3 👎 | !3
any | 2 👍 3 👎 | 2 !3
any | 2👍 3👎 | 2 !3
any | 2 👍, 3 👎 | 2 !3
any | ✗3 | !3
any | ❌ 3 | !3
any | −3 | !3
any | 2 4 −3 | 2 !3 4
any | 2 -3 | ?
any | -3 | !3
any | 2️⃣ 4️⃣ | 2 4
any | 1️⃣2️⃣ | ?
any | 2 + 4 | 2 4
any | 2+4 | 2 4
any | 2 & 4 | 2 4
any | (2) | 2
any | 2⏎4⏎not 3 | 2 !3 4
any | 2 4♥⏎not 3⏎not 7 | 2 !3 4♥ !7
any | yes: 2, 4⏎no: 3, 7 | 2 !3 4 !7
any | yes: 2, 4 no: 3 | 2 !3 4
any | no: 3 yes: 2 4 | 2 !3 4
any | 2! | 2
any | 2. | 2
any | 2 4. Not 3. | 2 !3 4
any | 4 (fav), 2 | 2 4♥
any | 2 (Heat) | 2
any | 2 Heat | 2
any | 2 - Heat | 2
any | 3 - no | !3
any | 2: yes, 3: no thanks | 2 !3
any | Heat 2 | 2
any | 2 (Alien) | ?
any | Alien 3 | ?
any | Heat | 2
any | heat, alien | 2 7
any | Alien: Covenant | 15
any | covenant | 15
any | Alien: Covenant, not Alien | !7 15
any | the godfather ♥ | 4♥
any | godfather and matrix | 1 4
any | The Godfather (1972) | 4
any | godf | 4
any | Heat, Heat | 2
any | “Heat” | 2
any | *Heat* | 2
any | No Country for Old Men | 5
any | not No Country for Old Men | !5
any | no country | ?
any | old men | 5
any | 12 angry men | 6
any | 12 angry | ?
any | angry men | 6
any | O Brother, Where Art Thou? | 11
any | o brother | 11
any | Up | 8
any | Heat, Up | 2 8
any | Heat and Up | 2 8
any | what's up | ?
any | Blade Runner 2049 | 12
any | blade runner | 12
any | 2049 | 12
any | 300 | 14
any | amelie | 3
any | AMÉLIE!! | 3
any | 千と千尋の神隠し | 10
any | spirited away pls | 10
any | tt0113277 | ?
any | 2 9️⃣ | 2 9
any | +1 | ?
any | -1 | ?
any | −1! | ?
any | 2, −1 | !1 2
any | 10/10 | ?
any | 2/4 | ?
any | 8:30 | ?
any | 3-1 | ?
any | 2nd | ?
any | 1. Heat 2. Alien | ?
any | 1) Heat | ?
any | No. 5 | ?
any | 4 No. 5 | ?
any | Nr. 5 | ?
any | n° 5 | ?
any | nº 5 | ?
any | № 5 | ?
any | no, 5 | ?
any | no, 3 | ?
any | 20 | ?
any | 02 | ?
any | +49 170 1234567 | ?
any | 0170 12 3 | ?
any | https://www.imdb.com/title/tt0113277/ | ?
any | 2? | ?
any | Heat? | ?
any | 4 <3 | ?
any | ~2~ | ?
any | 2 🤔 | ?
any | 2* | ?
any | 2 = Heat | ?
any | 2 not 2 | ?
any | 2♥ 4♥ | ?
any | 👍 | -
any | 🍿🍿 | -
any | Great! | ?
any | perfect | ?
en | see you at 8 | ?
en | 2 or 3 people are coming | ?
en | 2 friends are coming | ?
en | 2 friends | ?
en | me 2 | ?
en | me 2! | ?
en | 4 me | ?
en | thanks 4 that | ?
en | 5 min | ?
en | 5 minutes late | ?
en | let's watch 2 movies | ?
en | 2 movies | ?
en | 2 votes | ?
en | my 2 votes | ?
en | 2 to 4 | ?
en | 2 or 4 | ?
en | not 3 or 7 | !3 !7
en | neither 3 nor 7 | !3 !7
en | not 3, 7 | ?
en | not 3 and 7 | ?
en | not 3 4 | ?
en | not 3 but 4 | !3 4
en | 2 and 4, but not 3 | 2 !3 4
en | 2 4 but not 3 please | 2 !3 4
en | not 3, 4♥ | !3 4♥
en | hi all, 2 and 4 please, thanks! | 2 4
en | I vote for 2 and 4 | 2 4
en | my vote is 4 | 4
en | my votes: 2, 4 and 7 | 2 4 7
en | I'd like 2 or 4 | ?
en | I don't want 3 | !3
en | I don't like Heat | !2
en | I'd rather not 3 | !3
en | 3 rather not | !3
en | 2, 3 not | ?
en | 2 and 3 not | ?
en | 2 yes, 3 no | 2 !3
en | 2 yes 3 no | 2 !3
en | 2 no 3 yes | ?
en | yes to 2, no to 3 | 2 !3
en | yes, 2 and 4 | 2 4
en | 3 is not for me | !3
en | my favourite is 4 | 4♥
en | 4 is my favorite | 4♥
en | fav 4, also 2 | 2 4♥
en | 2 and 4 fav | 2 4♥
en | fav 4 and 2 | ?
en | 2 and 4 are my favourites | ?
en | only 2 | only 2
en | only 2 and 4 | only 2 4
en | sorry, 4 | only 4
en | sorry I'm late | ?
en | sorry! | -
en | 4 instead | only 4
en | 4 instead of 2 | ?
en | only not 3 | ?
en | not only 2 | ?
en | Heat and the Matrix! | 1 2
en | Heat for me, not Alien | 2 !7
en | Heat was great last time | ?
en | I saw Heat | ?
en | everything but 3 | ?
en | all of them | ?
en | maybe 2 | ?
en | 2 maybe | ?
en | why not 3 | ?
en | no problem | ?
en | no | ?
en | yes | -
en | ok thanks | -
en | number 4 | 4
en | movies 2 and 4 | 2 4
en | movie 2 please | 2
en | table for 2 | ?
en | room 2 | ?
en | nothing | ?
en | Ben wants 2 | ?
en | @Ben 2 | ?
en | good night | -
en | 2 tonight | ?
en | big yes to 2 | ?
en | no thanks, 3 | ?
en | 3 no thanks | !3
en | vote no on 3 | ?
en | don't | ?
de | 2 und 4, 3 lieber nicht | 2 !3 4
de | 3 lieber nicht | !3
de | 2 nicht 3 | 2 !3
de | 2, 3 nicht | ?
de | 2 und 3 nicht | ?
de | ich nehme 2 und 4 | 2 4
de | ich stimme für 4 | 4
de | bitte nicht 3 | !3
de | 3 bitte nicht | !3
de | auf keinen Fall 3 | !3
de | weder 3 noch 7 | !3 !7
de | noch 3 | ?
de | nur 2 | only 2
de | nicht nur 2 | ?
de | Heat, aber nicht Alien | 2 !7
de | 2 gern, 3 lieber nicht | 2 !3
de | 2 oder 4 | ?
de | Lieblingsfilm: 4 | 4♥
de | mein Favorit ist 4 | 4♥
de | die 2 und die 4 | 2 4
de | die 2. und die 4. | ?
de | 20 Uhr | ?
de | um 8 bei mir | ?
de | Hallo zusammen, 2 und 4 bitte, danke | 2 4
de | 3 nein | !3
de | nein zu 3 | !3
de | nein, 3 | ?
de | kein 3 | !3
de | Nummer 4 bitte | 4
de | bin um 8 da | ?
de | 2 ja, 3 nein | 2 !3
fr | je vote pour 2 et 4 | 2 4
fr | 2 et 4, pas 3 | 2 !3 4
fr | pas le 3 | !3
fr | mais pas 3 | !3
fr | 2, mais pas 3 | 2 !3
fr | le 2 et le 4 svp, merci | 2 4
fr | ni 3 ni 7 | !3 !7
fr | surtout pas 3 | !3
fr | 3 non merci | !3
fr | non, 3 | ?
fr | mon préféré : 4 | 4♥
fr | seulement 2 | only 2
fr | désolé, 4 | only 4
fr | 2 ou 4 | ?
fr | à 20h | ?
fr | je ne veux pas 3 | !3
fr | on est 4 | ?
es | voto por 2 y 4 | 2 4
es | 2 y 4, no 3 | 2 !3 4
es | la 2 y la 4, pero no la 3 | 2 !3 4
es | 3 no | !3
es | ni 3 ni 7 | !3 !7
es | 2 o 4 | ?
es | no 3 o 7 | !3 !7
es | solo 2 | only 2
es | mi favorita es 4 | 4♥
es | hola, quiero 2 y 4, gracias | 2 4
es | la 3 no me gusta | !3
es | perdón, 4 | only 4
es | somos 4 | ?
it | voto 2 e 4 | 2 4
it | 2 e 4, ma non 3 | 2 !3 4
it | la 2 e la 4 per favore | 2 4
it | 3 no grazie | !3
it | né 3 né 7 | !3 !7
it | solo 2 | only 2
it | il mio preferito è 4 | 4♥
it | 2 o 4 | ?
it | non mi piace 3 | !3
it | siamo in 4 | ?
pt | voto no 3 | ?
pt | meu voto é no 3 | ?
pt | voto em 2 | ?
pt | o 2 e o 4 | 2 4
pt | o 2 e o 4, não o 3 | 2 !3 4
pt | quero 2, mas não 3 | 2 !3
pt | não quero o 3 | !3
pt | apenas 2 | only 2
pt | meu favorito é o 4 | 4♥
pt | 2 ou 4 | ?
pt | oi pessoal, 2 e 4 por favor | 2 4
nl | ik stem op 2 en 4 | 2 4
nl | 2 en 4, maar niet 3 | 2 !3 4
nl | liever niet 3 | !3
nl | 3 liever niet | !3
nl | 2 graag, 3 nee | 2 !3
nl | alleen 2 | only 2
nl | maar 2 | ?
nl | mijn favoriet is 4 | 4♥
nl | niet 3 of 7 | ?
nl | geen 3 | !3
sv | jag röstar på 2 och 4 | 2 4
sv | 2 och 4, inte 3 | 2 !3 4
sv | 3 helst inte | !3
sv | nej till 3 | !3
sv | bara 2 | only 2
sv | min favorit är 4 | 4♥
sv | varken 3 eller 7 | !3 !7
sv | 2 eller 4 | ?
da | jeg stemmer på 2 og 4, tak | 2 4
da | 2 og 4, men ikke 3 | 2 !3 4
da | 3 helst ikke | !3
da | kun 2 | only 2
da | nej tak til 3 | !3
no | ikke 3 | !3
no | 2 og 4, men ikke 3, takk | 2 !3 4
no | nei til 3 | !3
no | hverken 3 eller 7 | !3 !7
pl | 2 i 4, ale nie 3 | 2 !3 4
pl | głosuję na 2 i 4 | 2 4
pl | tylko 2 | only 2
pl | 3 raczej nie | !3
pl | ani 3 ani 7 | !3 !7
pl | 2 lub 4 | ?
tr | 2 ve 4 lütfen | 2 4
tr | 3 değil | !3
tr | 3 değil 4 | ?
tr | 2 olsun, 3 olmasın | 2 !3
tr | sadece 2 | only 2
tr | 3 hayır | !3
ru | за 2 и 4 | 2 4
ru | 2 и 4, но не 3 | 2 !3 4
ru | только 2 | only 2
ru | не 3 | !3
ru | 3 не надо | !3
ru | 2 или 4 | ?
ru | ни 3 ни 7 | !3 !7
any | 2 🙏❤️ | ?
any | !!3 | ?
any | 2 & 4 ❤️ | 2 4♥
any | ✅ 2 ❌ 3 | 2 !3
any | 2 ❤️ 4 | ?
any | 2 🔥 | ?
any | :3 | ?
any | #1 | 1
any | 1,000 | ?
any | ２ | ?
en | 2 thanks ❤️ | ?
en | thanks brother | ?
en | angry | ?
en | only 2 people | ?
en | going with 2 friends | ?
en | 2 pizzas | ?
en | love it | -
en | my no. 1 is 4 | ?
en | Sorry, no 3 | only !3
en | hello everyone, 2 and 4 for me please, not 3, thanks 🍿 | 2 !3 4
de | 2 Pizzen | ?
de | wir sind zu 3 | ?
de | 2 wäre mein Favorit | 2♥
de | ja nicht 3 | ?
es | la 4 sí, la 3 no | !3 4
fr | pas mal 2 | ?
pt | no filme 3 | ?
pt | gosto do 2, mas não do 3 | 2 !3
ru | 2 да, 3 нет | 2 !3
fi | 2 ja 4, ei 3 | ?
ja | 2と4 | ?
cs | 2 a 4, ne 3 | ?
el | ναι 2 | ?
";
