from datetime import date
from assistant.resources import content
from assistant.tools.arguments import read
from assistant.tools.registry import TOOLS, run
from assistant.venues.catalogue import load
rb=load(content("knowledge")/"venues")
def ask(tool="liquidation_price", **raw):
    r=run(tool, read(TOOLS[tool], raw), rulebooks=rb, as_of=date(2026,11,22))
    print(r.status, r.code, r.missing, dict(r.data))
    for f in r.figures: print("  ", f.name, f.value, f.unit)
    for s in r.working: print("     ", s.name,":", s.equation,"=", s.numbers, "=", s.value)
    for a in r.assumptions: print("  *", a.code, dict(a.data))
base=dict(venue="binance", symbol="BTC", margin_mode="cross", side="long", entry_price="60000", size="2", wallet_balance="20000", mark_price="61000")
ask(**base, other_positions=[dict(symbol="BTC", side="short", size="1", entry_price="62000")])
ask(**base, other_positions=[dict(symbol="ETH", side="short", size="10", entry_price="3000", mark_price="3100")])
print('--- okx gross'); ask(**{**base,"venue":"okx","size":"6","wallet_balance":"100000"}, other_positions=[dict(symbol="BTC", side="short", size="5", entry_price="62000")])
print('--- equal'); ask(venue="bybit", symbol="BTC", margin_mode="cross", side="long", entry_price="60000", size="1", wallet_balance="200", other_positions=[dict(symbol="BTCUSDT", side="short", size="1", entry_price="60000", maintenance_margin_rate="0")], maintenance_margin_rate="0")
print('--- inverse'); ask(venue="binance", contract="inverse", symbol="BTC", margin_mode="cross", side="long", entry_price="60000", size="30000", wallet_balance="0.4", other_positions=[dict(symbol="BTC", side="short", size="900", size_unit="contracts", entry_price="60000", mark_price="61000")])
print('--- markless other'); ask(**base, other_positions=[dict(symbol="ETH", side="short", size="10", entry_price="3000")])
print('--- settle'); ask(**base, other_positions=[dict(symbol="ETHUSDC", side="short", size="10", entry_price="3000", mark_price="3000")])
