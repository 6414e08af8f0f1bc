import time
from tests.races import client as C
from tests.races.places import *
def test_probe(race):
    cl=race.client("agent"); a=assets_of(race.kit,1)[0]
    for name in ("wide","narrow"):
        if name=="narrow":
            C.MUTATIONS={**C.MUTATIONS,"recordService":"mutation ($input: RecordServiceInput!) { recordService(input:$input){ serviceRecord{id version status} coverage{outcome} errors{code} } }"}
        for i in range(2):
            t=time.time(); 
            for _ in range(30): cl.change("recordService",training(a))
            print(name,(time.time()-t)/30)
    t=time.time(); 
    for _ in range(6): race.crowd.together(lambda _: cl.change("recordService",training(a)))
    print("crowd narrow",6*24/(time.time()-t),"req/s")
