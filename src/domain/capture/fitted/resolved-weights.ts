import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 464 threads; not to be edited by hand.

export const resolvedWeights = readWeights(`
-2.79; 3.34 marked as resolved; 1.59 tale: noeffect then cause; 1.58 tale: ends with act;
1.54 ticked at the end; -1.52 tale: ends with guess; 1.50 tale: any guess; -1.42 tale: act then makeshift;
1.38 tale: act then look; 1.38 tale: last well; 1.37 tale: any act; -1.35 tale: ends with dismiss;
1.18 tale: ends with well; -1.18 tale: well then look; -1.12 tale: any dismiss;
-1.11 tale: act then noeffect; 1.10 tale: since the last act trouble;
-1.07 tale: since the last act propose; -1.04 tale: well then makeshift; -1.04 tale: noeffect then act;
-1.03 tale: since the last act noeffect; -0.98 tale: ends with makeshift; 0.95 tale: last trouble;
-0.87 tale: well makeshift; -0.86 no act; -0.83 tale: since the last act guess;
-0.82 tale: since the last act dismiss; -0.76 tale: last makeshift; -0.76 tale: any makeshift;
-0.75 tale: since the last act giveup; -0.74 tale: ends with giveup; -0.74 tale: any giveup;
0.71 tale: last cause; -0.69 tale: any noeffect; 0.68 tale: act then cause; 0.66 tale: noeffect then look;
-0.63 alert fires; -0.60 tale: any look; 0.58 alert over; 0.57 tale: noeffect then makeshift;
0.57 tale: last act; 0.56 tale: since the last act ask; -0.54 tale: well then act;
-0.51 tale: since the last act makeshift; -0.49 tale: no effect for good; 0.48 tale: well for good;
-0.47 tale: last noeffect; -0.43 tale: act then giveup; 0.41 messages; 0.41 tale: well then giveup;
0.40 tale: last chat; -0.38 tale: well then cause; 0.37 tale: any trouble; 0.35 tale: well then noeffect;
-0.34 tale: since the last act look; -0.34 tale: last ask; 0.33 tale: any well; 0.32 tale: any ask;
-0.31 tale: any propose; -0.28 tale: ends with noeffect; -0.28 tale: act then dismiss; 0.28 tale: any chat;
0.26 tale: ends with trouble; 0.24 tale: ends with cause; 0.23 tale: noeffect then trouble;
-0.21 tale: act then well; -0.20 tale: well then dismiss; -0.18 tale: noeffect then giveup;
-0.18 tale: ends with ask; 0.17 tale: last propose; 0.16 tale: ends with chat;
0.13 tale: since the last act well; -0.13 tale: ends with look; -0.13 tale: last guess;
-0.11 tale: noeffect then guess; -0.10 tale: well then trouble; 0.09 acts; 0.08 tale: well then guess;
0.08 tale: since the last act cause; -0.07 tale: since the last act chat; -0.07 tale: last dismiss;
-0.07 tale: noeffect then dismiss; 0.06 tale: noeffect then well; 0.05 no alert;
0.05 tale: ends with propose; -0.04 tale: act then guess; -0.04 tale: any cause;
-0.04 tale: since the last act act; 0.04 tale: act then trouble;
`);
