from datetime import date
from decimal import Decimal as D
from assistant.wiring import open_content
from assistant.dialogue.conversation import Conversation
from assistant.values import Message
a=open_content()
def ask(text, **context):
    m=Message(text=text, as_of=date(2026,11,22), context=context)
    s=a.answer(a.plan(m, Conversation.new()))
    print(s.text); print("=====")
P=lambda **k: k
ask("long 2 btc from 60000 cross on binance, wallet balance 20000, liq price?", symbol="BTC", mark_price=D(61000), positions=(P(symbol="BTCUSDT", side="long", size=D(2), entry_price=D(60000)), P(symbol="ETH", side="short", size=D(10), entry_price=D(3000), mark_price=D(3100)), P(symbol="BTC", side="short", size=D(1), entry_price=D(62000))))
ask("where is my liq?", wallet_balance=D(20000), positions=(P(symbol="BTC", side="long", size=D(2), entry_price=D(60000), margin_mode="cross", venue="binance"),))
ask("long 2 btc from 60000 cross on binance, wallet balance 20000, liq price?", positions=(P(symbol="ETH", side="short", size=D(10), entry_price=D(3000)),))
